"""Common given names and East Asian family names of many languages, folded to ASCII. Pure data.

Used only to recognise that a name in a list of parties is probably a person's. Nobody in
particular is meant: these are the names that many people share.
"""

from __future__ import annotations

from registry.record.collections.wordlist import words

GIVEN_NAMES = words(
    """
    adil alessio alla arian deena eliot fadel gayathri giorgi hakeem haris jurie keanu kyriakos luke
    marley navin nikos noam panos prem ram sagar stig sumit suraj surendra vytautas waleed zachariah
    zacharias aaron abby abdallah abdel abdi abdul abdullah abel abena abigail abraham ada adam adama adan
    adela adele adnan adolfo adrian adriana adrien afonso agata agnes agnieszka agustin ahmad ahmed aicha
    aida aidan aiden aileen aimee aisha aishwarya aissatou ajay akash akiko akira alain alan alana albert
    alberto alec alejandra alejandro alek aleksandar aleksandr aleksandra alena alessandra alessandro alex
    alexander alexandra alexandre alexandria alexandru alexei alexey alexia alexis alfonso alfred alfredo
    ali alice alicia alina aline alisha alison alistair allan allen allison alma alonzo alvaro alyssa
    amadou amal amanda amara amaya amber ambrose amelia amelie amin amina aminata amine amir amira amit
    amy ana anais anastasia anders andre andrea andreas andrei andres andrew andrey andriy andrzej andy
    angel angela angelica angelina angelo angie angus anika anil anita anja anjali ann anna annabel anne
    anneke annette annie anthony antoine anton antonia antonio anwar archana ari ariana ariel arjun
    armando armin arnaud arnold arthur artur arturo arun arvind asha ashley ashok asif astrid athena
    aubrey audrey august augusto aurelie aurora austin ava avery aya ayaan ayesha ayse babak barack
    barbara barnaby barry bart bartosz basil beatrice beatriz becky belinda bella ben benedetto benedict
    benedikt benjamin bernadette bernard bernardo bernice bernie bert bertrand beth bethany betty beverly
    beyonce bianca bilal bill billy birgit bjorn blake blanca bob bobbi bobby bogdan bonnie boris brad
    bradley brandon breanna bree brenda brendan brent brett brian brianna bridget brigitte britney
    brittany brooke bruce bruno bryan bryce burak caio caitlin caleb callum calvin cameron camila camille
    carina carl carla carlo carlos carly carmen carol carolina caroline carolyn carrie carter casey
    cassandra catalina catherine cathy cecilia cecile celeste celia celine cesar chad chantal charlene
    charles charlie charlotte chelsea cheikh cherie cheryl chiara chidi chinedu chinonso chioma chloe
    chris christa christian christiane christina christine christoph christophe christopher chuck chukwu
    ciara cindy ciro claire clara clarence clark claudia claudio clemence clement clifford clint clive
    clyde cody colette colin colleen connor conrad constance corey corinne cornelia cory courtney craig
    cristian cristiano cristina crystal curtis cynthia dagmar daisuke daisy dale damian damien dan dana
    daniel daniela daniele daniella danielle danny dante daphne darius darko darlene darren darryl dave
    david dawn dean deanna deborah debra deepak deepika deirdre delphine demetrius denis denise dennis
    denzel derek derrick desmond devin devon dhruv diallo diana diane dianne diarmuid dick diego dieter
    dilip dimitri dina dinesh dirk dmitri dmitry dmytro dolores dominic dominik dominique don donald donna
    dora doreen doris dorothea dorothy doug douglas drew duncan dustin dwayne dylan eamonn earl ebony
    eddie edgar edith edmund edna eduard eduardo edward edwin eileen ekaterina elaine eleanor elena eleni
    eli elias elijah elin elisa elisabeth elise eliza elizabeth ella ellen ellie elliot elliott elon elsa
    elvira elvis emeka emil emile emilia emilie emilio emily emma emmanuel emre enrico enrique enzo eric
    erica erik erika erin ernest ernesto ernie esteban estelle esther ethan etienne eugene eugenia eun eva
    evan evelyn ewa eyal fabian fabio fabrice fadi faisal farah fareed farhan farid fatima fatma fatou
    fatoumata federico felicia felicity felipe felix ferdinand fernanda fernando filip filipe finn fiona
    flavia florence florian floyd frances francesca francesco francine francis francisca francisco franck
    francois francoise frank franklin franz frauke fred freddie frederic frederick frederik frida frieda
    friedrich fumiko gabriel gabriela gabriele gabrielle gael gail gareth garrett gary gaurav gavin gayle
    gemma genevieve geoff geoffrey george georges georgia georgie georgina gerald geraldine gerard gerardo
    gerhard gertrude ghazala gianluca gianni gilbert gilberto giles gilles gillian gina giorgia giorgio
    giovanna giovanni giselle gita giulia giuseppe gladys glen glenn gloria gonzalo gordon govind grace
    graciela graeme graham grant greg gregor gregory greta gretchen grigor grzegorz guadalupe guido
    guillaume guillermo gunther gustav gustavo guy gwen habib hadiya haider hamid hamza hana hank hanna
    hannah hans harald harish haroon harold harriet harris harrison harry haruki haruto harvey hasan
    hassan hawa hayden hazel heather hector heidi heiko heinrich heinz helen helena helene helga helmut
    hendrik henri henrietta henrik henrique henry herbert herman hermann hernan hilary hilda hillary
    hiroshi hisham holly hope horacio howard hubert hugh hugo humberto hussein ian ibrahim ida idris
    ifeoma ignacio igor ikram ilan ilse ilya imane imani imran ines inga ingeborg ingrid ioana irena irene
    irina iris irma isaac isabel isabella isabelle isaiah isaias ishaan ishmael ismael ismail issa ivan
    ivana ivo ivy jaap jack jackie jackson jacob jacqueline jacques jade jaime jair jakob jakub jalen
    jamal james jamie jamila jan jana jane janelle janet janice janine janis jared jasmin jasmine jason
    jaswant javier jay jayden jayla jayne jean jeanette jeanne jeff jeffrey jelena jennie jennifer jenny
    jens jeremiah jeremy jerome jerry jesper jess jesse jessica jesus jill jillian jim jimmy joachim joan
    joana joann joanna joanne joao joaquin jocelyn jodie joe joel johan johann johanna johannes john
    johnny jolanta jon jonas jonathan jordan jorge jose josef josefina joseph josephine josh joshua josie
    joy joyce juan juana juanita judith judy jules julia julian juliana julie julien juliet juliette julio
    jun june jurgen justin justine kadiatou kai kamal kamala kamil kanye karan kareem karen karim karin
    karina karl karla karol karolina kasia kate katarina katarzyna kateryna katherine kathleen kathryn
    kathy katie katja katrin katrina katy kavita kayla kazuki kazuko kazumi keiko keith kelly kelsey ken
    kendra kenji kenneth kenny kerry kevin khadija khalid khaled kiara kieran kim kimberly kinga kirk
    kirsten kirsty klara klaus kofi konrad konstantin krishna krista kristen kristian kristin kristina
    kristine krzysztof kumar kunal kurt kwame kyle kylie lachlan lakshmi lamar lara larissa larry lars
    latoya laura lauren laurence laurent laurie lawrence lea leah leandro leila lena lenny leo leon
    leonard leonardo leonor leopold leroy lesley leslie leticia lewis lia liam lidia lilian liliana lilie
    lillian lily linda lindsay lindsey lionel lisa lise liz liza lloyd logan lois lola lorena lorenzo
    loretta lori lorraine lou louis louisa louise luc luca lucas lucia lucie lucille lucy ludmila ludwig
    luigi luis luisa luiz luka lukas lukasz lulu luna luther lydia lynn maarten mackenzie madeleine
    madeline madhu madison mads magda magdalena magnus maha mahmoud maia maja malachi malcolm malia malik
    malika mamadou mandy manfred manish manoj manon manuel manuela mara marc marcel marcela marcelo marcia
    marcin marco marcos marcus marek margaret margarita margaux margot maria mariam mariama mariana
    marianne marie marija marika marilyn marin marina mario marion marisa marissa marius mariusz marjorie
    mark markus marlene marta martha martin martina martine marvin mary maryam masako masayuki mateo
    mateus mathew mathias mathieu mathilde matilda matt matteo matthew matthias matthieu maura maureen
    maurice mauricio mauro max maxim maxime maximilian maxine may maya mbali megan mehdi mehmet mei
    melanie melinda melissa melody mercedes meredith meryem mia michael michaela michal michel michele
    michelle michiko miguel mihai mika mike mikael mikhail mikkel mila milan mildred milena miles mina
    mindy minh mira miranda miriam mirjam misha mitch mitchell moe mohamed mohammad mohammed mohan moira
    mollie molly mona monica monika monique morgan morten moses moussa muhammad mukesh murat muriel murray
    mustafa myra myriam mythili nabil nadia nadine nadja naeem nagma nancy naoki naomi narendra naresh
    nasser nastasia natalia natalie nataliya natasha nate nathalie nathan nathaniel nayeli neal ned neha
    neil nelly nelson nia niamh nicholas nick nicola nicolas nicole niels nigel nikhil nikita nikki
    nikolai nikolaus nikolay nils nina nisha nithya noah noel noelia noelle noemi nohemi nora norah
    norbert noriko norma norman nour nuno obinna octavia odette olaf oleg oleksandr olga olive oliver
    olivia olivier oluwaseun omar oprah orlando oscar oskar osman otis otto ousmane owen pablo paige
    pamela paola paolo parker pascal pat patience patricia patricio patrick patrik patty paul paula
    paulette paulina pauline paulo pavel pawel pearl pedro peggy penelope penny perry pete peter petra
    phil philip philipp philippa philippe phillip phoebe phyllis pierre pietro pilar piotr piper polly
    prabowo pradeep prakash pranav prashant pratik precious preston priya priyanka quentin quinn rachel
    rachid radek rafael raghav rahel rahul raj raja rajan rajesh rajiv ralf ralph ramesh ramon ramona rana
    randall randy rania raphael raquel rashid rashida rasmus raul ravi ravish ray raymond rebecca reem
    reggie regina reginald reina reinhard rekha remi rene renata renate renato renee reza rhonda ricardo
    riccardo richard rick ricky riley rishi rita rob robert roberta roberto robin robyn rocio rod roderick
    rodney rodrigo roger rohan rohit roland rolf roman romain romeo ron ronald ronnie rory rosa rosalie
    rosalind rosanna rosario rose rosemary roshni rosie ross rowan roxanne roy ruairi ruben ruby rudolf
    rudy rui rupert russell ruth ryan saad sabina sabine sabrina sachin sadie saeed sahil said saif sakura
    sal salim sally salma salman salome salvador sam samantha samir samira sammy samuel sandeep sandra
    sandro sandy sanjay sanna santiago sara sarah sasha saskia satoshi saul scarlett scott sean sebastian
    selena selma serena serge sergei sergey sergio seth severine sewell shabnam shane shannon sharif
    sharon shaun shauna shawn sheila shelby shelley sherry shilpa shinji shirley shreya sibusiso sidney
    siegfried sigrid silas silke silvia silvio simon simona simone sinead siobhan sofia solomon sonia
    sonja sophia sophie soren stacey stacy stan stanislav stanley stefan stefania stefano steffen stella
    stephan stephane stephanie stephen steve steven stewart stuart sue suleiman sumaya sunil sunita suresh
    susan susana susanna susanne susie suzanne suzuki svetlana sven swati sybil sydney sylvia sylvie syed
    tadeusz taiwo takashi takeshi talia tamar tamara tamika tammy tanisha tania tanja tanvi tanya tara
    tareq tarek tariq tasha tatiana tatyana taylor ted teresa terence terri terry tess tessa thabo thandi
    thea thelma theo theodor theodore theresa therese thiago thierry thomas thorsten tiago tiffany tim
    timothy tina tino tobias toby todd tom tomas tomasz tommaso tommy toni tony tracey tracy travis trevor
    tricia trisha tristan troy tyler tyrone ulrich ulrike umar uma umberto ursula usha uwe vadim valentin
    valentina valeria valerie valery vanessa vaughn venkat vera verena vernon veronica veronique vicente
    vicki vicky victor victoria vidya vijay vikram viktor viktoria vinay vince vincent vincenzo viola
    violet violeta virginia virginie vishal vitaly vivek vivian vivien viviana vlad vladimir volodymyr
    wade walid wallace walter wanda wanjiru warren wayne wendy werner wesley whitney whoopi wilfred
    wilhelm will willem william wim winifred winston wojciech wolfgang xavier ximena yael yan yannick yara
    yasin yasmin yasmine yolanda yosef yousef youssef yuki yuko yulia yuri yusuf yvan yvette yvonne
    zachary zack zahra zainab zane zara zeinab zelda zoe zofia zoltan zuri zuzana
    """
)

FAMILY_NAMES_FIRST = words(
    """
    bai bae cai cao chang chen cheng cho choe choi chung dai deng ding dong du duan fan fang feng fu gao
    gong gu guo han hao he hong hou hsu hu huang hwang ji jia jiang jin jong jung kang kim kong kwak kwon
    lai le lee lei leung li liang liao lim lin liu long lu luo ma mao meng moon nam ngo nguyen oh pak pan
    park peng pham phan qian qiao qin qiu ren rhee ri ryu seo shang shao shen shi shin sim sohn son song
    su sun tan tang tao tian tran tsai wan wang wei wen wong woo wu xi xia xiang xiao xie xu xue yan yang
    yao ye yi yin yoo yoon yu yuan yun zeng zhang zhao zheng zhong zhou zhu zou
    """
)
"""Family names that stand before the given name."""
